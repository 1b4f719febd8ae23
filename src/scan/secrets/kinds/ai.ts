/** Makers and hosts of language models. */
import type { SecretKind } from '../kind.ts'
import { issued } from './issued.ts'

const opens = 'calls the models at the owner’s cost, and may read what was stored with them'
const revoke = 'Delete the key in the console of its issuer, and look at its use since it was leaked.'

export const anthropicKey: SecretKind = issued({
  id: 'anthropic-key',
  title: 'Anthropic API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.claude.com/en/api/admin-api/apikeys/get-api-key'],
  anchors: ['sk-ant-'],
  expression: /(?<![\w-])sk-ant-(?:api|admin|oat|ort|sid)\d\d-[\w-]{80,120}(?![\w-])/y,
})

export const groqKey: SecretKind = issued({
  id: 'groq-key',
  title: 'Groq API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://console.groq.com/docs/quickstart'],
  anchors: ['gsk_'],
  expression: /(?<![\w-])gsk_[0-9A-Za-z]{52}(?![\w-])/y,
})

export const huggingFaceToken: SecretKind = issued({
  id: 'hugging-face-token',
  title: 'Hugging Face token',
  severity: 'high',
  opens: 'reads and writes the models and data sets of the user or the organisation',
  revoke: 'Invalidate it under the account’s access tokens.',
  references: ['https://huggingface.co/docs/hub/security-tokens'],
  anchors: ['"hf_', "'hf_", '=hf_', ' hf_', ':hf_', '/hf_', '(hf_', '`hf_'],
  expression: /["'= :/(`](?<secret>hf_[A-Za-z]{34})(?![\w-])/dy,
})

export const langSmithKey: SecretKind = issued({
  id: 'langsmith-key',
  title: 'LangSmith API key',
  severity: 'high',
  opens: 'reads the prompts and the answers that were traced',
  revoke,
  references: ['https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key'],
  anchors: ['lsv2_'],
  expression: /(?<![\w-])lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}(?![\w-])/y,
})

export const nvidiaKey: SecretKind = issued({
  id: 'nvidia-key',
  title: 'NVIDIA API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.nvidia.com/ngc/latest/ngc-user-guide.html'],
  anchors: ['nvapi-'],
  expression: /(?<![\w-])nvapi-[\w-]{60,70}(?![\w-])/y,
})

export const openAiKey: SecretKind = issued({
  id: 'openai-key',
  title: 'OpenAI API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://platform.openai.com/docs/api-reference/authentication'],
  // The base64 of `OpenAI`, which stands in the middle.
  anchors: ['T3BlbkFJ'],
  expression: /(?<=(?<![\w-])(?<lead>sk-(?:(?:proj|svcacct|admin|None)-)?[\w-]{20,80}))T3BlbkFJ[\w-]{20,80}(?![\w-])/dy,
})

export const openRouterKey: SecretKind = issued({
  id: 'openrouter-key',
  title: 'OpenRouter API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://openrouter.ai/docs/api-reference/authentication'],
  anchors: ['sk-or-v1-'],
  expression: /(?<![\w-])sk-or-v1-[0-9a-f]{64}(?![\w-])/y,
})

export const perplexityKey: SecretKind = issued({
  id: 'perplexity-key',
  title: 'Perplexity API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.perplexity.ai/guides/getting-started'],
  anchors: ['pplx-'],
  expression: /(?<![\w-])pplx-[0-9A-Za-z]{48,56}(?![\w-])/y,
})

export const replicateToken: SecretKind = issued({
  id: 'replicate-token',
  title: 'Replicate API token',
  severity: 'high',
  opens,
  revoke,
  references: ['https://replicate.com/docs/topics/security/api-tokens'],
  anchors: ['REPLICATE_API_TOKEN', '"r8_', "'r8_", '=r8_', ' r8_'],
  expression: /(?:REPLICATE_API_TOKEN["']?[ \t]{0,4}[:=]?)?["'= ]{0,3}(?<secret>r8_[0-9A-Za-z]{37})(?![\w-])/dy,
})

export const xaiKey: SecretKind = issued({
  id: 'xai-key',
  title: 'xAI API key',
  severity: 'high',
  opens,
  revoke,
  references: ['https://docs.x.ai/docs/overview'],
  anchors: ['xai-'],
  expression: /(?<![\w-])xai-[0-9A-Za-z]{70,90}(?![\w-])/y,
})
