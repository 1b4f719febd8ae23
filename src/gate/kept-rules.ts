/** Which rules have nothing to say of which documents, kept in the cache from run to run: for the same program, under the same policy. */
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import { packAnswers, unpackAnswers } from '../manifests/kept-answers.ts'
import type { ManifestSettings } from '../manifests/rule.ts'
import { type RuleMemory, ruleMemory } from '../manifests/rule-memory.ts'
import type { GateRequest } from './request.ts'

export interface KeptRules {
  readonly memory: RuleMemory
  /** Keeps what this run has learnt; never throws. */
  keep(): Promise<void>
}

/** Without a place to keep them, what is known is for the two trees of this run. */
export async function openKeptRules(answers: GateRequest['answers'], settings: ManifestSettings): Promise<KeptRules> {
  if (!answers) return { memory: ruleMemory(), keep: async () => undefined }
  const { cache, code } = answers
  const key = keyOf(code, settings)
  const bytes = await cache.read(key)
  const memory = ruleMemory(bytes && unpackAnswers(bytes))
  return {
    memory,
    async keep() {
      const news = memory.news()
      if (news) await cache.write(key, packAnswers(news.used, news.unused))
    },
  }
}

/** Of the settings all but what a rule that looks at it is asked again for. */
function keyOf(code: string, { digests: _, today: __, ...settings }: ManifestSettings): string {
  return `portcullis.answers ${createHash('sha256').update(serialize(settings)).digest('hex')} ${code}`
}
