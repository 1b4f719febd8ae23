/** Asks of each object and pod only the rules that have to be asked, by what is known of its document, and takes down what they said. */
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import type { KubernetesObject } from '../repo/repository.ts'
import type { Demand } from './pod-security.ts'
import type { ManifestProblem } from './problem.ts'
import type { Answer, AnswerKey, Answers, RuleMemory } from './rule-memory.ts'

type Named = { readonly id: string }

/** Of one object. */
interface Session {
  readonly key: AnswerKey
  readonly known: Answers | undefined
  readonly own: Answer
  readonly pods: Answer[]
  podsHeard: number
}

/** Of one tree. */
export class Hearings {
  readonly #memory: RuleMemory
  readonly #definitions: string
  readonly #sessions = new Map<KubernetesObject, Session>()
  readonly #circumstances = new Map<string, string>()
  readonly #narrow = narrowing()

  /** `definitions`: those of kinds in the tree. */
  constructor(memory: RuleMemory, definitions: readonly KubernetesObject[]) {
    this.#memory = memory
    this.#definitions = digestOf(serialize(definitions.map(({ apiVersion, root }) => [apiVersion, root.toJson()])))
  }

  /** Undefined for an object of which nobody knows whether it is the same elsewhere. */
  ofObject(object: KubernetesObject, demand: Demand): Hearing | undefined {
    if (!object.origin) return undefined
    const key = { ...object.origin, circumstances: this.#circumstancesOf(object, demand) }
    const known = this.#memory.recall(key)
    const own = known?.own ?? { asks: [] }
    this.#sessions.set(object, { key, known, own, pods: [], podsHeard: 0 })
    return new Hearing(own, known !== undefined, this.#narrow)
  }

  /** The pods of an object follow each other in its order, when the object was heard. */
  ofPod(object: KubernetesObject): Hearing | undefined {
    const session = this.#sessions.get(object)
    if (!session) return undefined
    const known = session.known?.pods[session.podsHeard++]
    const pod = known ?? { asks: [] }
    session.pods.push(pod)
    return new Hearing(pod, known !== undefined, this.#narrow)
  }

  /** Puts into the memory what was not there. */
  remember(): void {
    const same = new Map<string, string[]>()
    const shared = ({ asks, said }: Answer): Answer => {
      const name = asks.join('\n')
      const array = same.get(name) ?? asks
      same.set(name, array)
      return { asks: array, ...(said && { said }) }
    }
    for (const { key, known, own, pods } of this.#sessions.values())
      if (known?.pods.length !== pods.length) this.#memory.keep(key, { own: shared(own), pods: pods.map(shared) })
  }

  /** What rules depend on beside the document and the policy, without looking around for it. */
  #circumstancesOf({ namespace, podTemplates }: KubernetesObject, demand: Demand): string {
    const text = JSON.stringify(podTemplates ? [namespace, podTemplates] : namespace)
    const known = this.#circumstances.get(text)
    if (known !== undefined) return known
    const digest = digestOf(JSON.stringify([namespace, podTemplates ?? null, demand, this.#definitions]))
    this.#circumstances.set(text, digest)
    return digest
  }
}

/** Of one object or pod. */
export class Hearing {
  readonly #answer: Answer
  readonly #isKnown: boolean
  readonly #narrow: Narrow

  constructor(answer: Answer, isKnown: boolean, narrow: Narrow) {
    this.#answer = answer
    this.#isKnown = isKnown
    this.#narrow = narrow
  }

  /** Those that have to be asked: all of a family where it has to be asked as one. */
  asked<Rule extends Named>(rules: readonly Rule[], family?: string): readonly Rule[] {
    return this.#isKnown ? this.#narrow(this.#answer.asks, rules, family) : rules
  }

  /** What a rule, or a family that is asked as one, said of the document in this run already. */
  said(id: string): readonly ManifestProblem[] | undefined {
    return this.#answer.said?.get(id)
  }

  /** A rule that failed is one that has to be asked again. */
  heard(id: string, problems: readonly ManifestProblem[] | 'failed', hasLookedAround: boolean): void {
    if (problems === 'failed' || hasLookedAround) this.#askAgain(id)
    else if (problems.length > 0) {
      for (const { rule } of problems) this.#askAgain(rule)
      this.#answer.said ??= new Map()
      this.#answer.said.set(id, problems)
    }
  }

  #askAgain(id: string): void {
    if (!this.#isKnown && !this.#answer.asks.includes(id)) this.#answer.asks.push(id)
  }
}

type Narrow = <Rule extends Named>(asks: readonly string[], rules: readonly Rule[], family?: string) => readonly Rule[]

/** Arrays of asks are few, and so are lists of rules. */
function narrowing(): Narrow {
  const known = new Map<readonly string[], Map<readonly Named[], readonly Named[]>>()
  return <Rule extends Named>(asks: readonly string[], rules: readonly Rule[], family?: string) => {
    const lists = known.get(asks) ?? new Map<readonly Named[], readonly Named[]>()
    if (lists.size === 0) known.set(asks, lists)
    const narrowed =
      lists.get(rules) ?? (family !== undefined && asks.includes(family) ? rules : rules.filter(({ id }) => asks.includes(id)))
    lists.set(rules, narrowed)
    return narrowed as readonly Rule[]
  }
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}
