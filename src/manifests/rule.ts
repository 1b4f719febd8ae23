/** What a manifest rule is: one file a rule, listed in `rules.ts`. */

import type { Location, RuleText, Severity, Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Pod } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'
import type { Demand } from './pod-security.ts'
import type { ReachabilityChange } from './reachability/changes.ts'
import type { NetworkPolicy } from './reachability/policies.ts'
import type { Misfit } from './shape/check.ts'
import type { TreeFacts } from './tree-facts.ts'

/** A rule over one kind of thing: a pod (of any workload), an image use, a Dockerfile, an object, or the whole repository. */
export interface Rule<Subject> extends RuleText {
  /** Checks of the Pod Security Standards that say the same: where all of them are in force, this one is silent. */
  readonly yieldsTo?: readonly string[]
  /** Checks of the Pod Security Standards that say the same and are said besides: what excuses this rule excuses them. */
  readonly saidBy?: readonly string[]
  /** Rules over objects: the kinds that it has something to say about. Absent: all. */
  readonly kinds?: readonly string[]
  /** What it suggests lets fields count that did not count before: offered only where the object, judged again, has nothing more. */
  readonly triesSuggestions?: true
  /** Runs only where the policy names it. */
  readonly offByDefault?: true
  check(subject: Subject, context: Context): Iterable<Violation>
}

/** What the policy says about manifests, as plain values. */
export interface ManifestSettings {
  /** `registry.company.com` or `ghcr.io/acme` (whole path segments), `*` within a segment. Undefined: no registry is distrusted. */
  readonly trustedRegistries?: readonly string[]
  /** What references named when they were resolved, by the text of the reference. */
  readonly digests?: ReadonlyMap<string, string>
  /** The Pod Security Standards asked of a namespace that no labels speak of. Undefined: baseline is enforced, restricted warns. */
  readonly podSecurity?: Partial<Demand>
  /** The day of the run, `YYYY-MM-DD`: what has reached its end of life by then. Undefined: not judged. */
  readonly today?: string
  /** The minor version of Kubernetes 1.x that the objects are for. Undefined: the newest that is known. */
  readonly kubernetesMinor?: number
  /** Ids of rules that are off by default and that the policy turns on. */
  readonly enabledRules?: readonly string[]
}

/** What a rule may look at beside its subject. */
export interface Context extends TreeFacts {
  readonly repository: Repository
  readonly settings: ManifestSettings
  /** Those that select the pod; none for one on the network of its node, which is out of their reach. */
  policiesOf(pod: Pod): readonly NetworkPolicy[]
  /** `namespace/name` of each service account that a binding of the tree names. */
  readonly boundAccounts: ReadonlySet<string>
  /** Where the object differs from the published schema of its kind; worked out once. */
  misfitsOf(object: KubernetesObject): readonly Misfit[]
}

interface Detail {
  /** One lower-case clause. */
  readonly message: string
  /** Where this case is better or worse than the rule in general. */
  readonly severity?: Severity
  /** Whole lines that mend it, when the fix is certain. */
  readonly suggestion?: Suggestion
  /** Whom it is about, where that is not the rule's subject itself: an object's `subject`, or a file. */
  readonly subject?: string
}

/** One place a violation: a field, or a location where the thing that was read has no fields. */
export type Violation = Detail & ({ readonly field: Field } | { readonly location: Location })

/** A pull request: what the tree was before it. Rules over it say what a change adds. */
export interface Change {
  readonly base: Context
  /** What it opens and closes in the network. */
  readonly reachability: ReachabilityChange
}
