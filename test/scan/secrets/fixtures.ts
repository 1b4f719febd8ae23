/** The cases of every kind, a file a family. */
import type { KindCases } from './cases.ts'
import { ai } from './fixtures/ai.ts'
import { applications } from './fixtures/applications.ts'
import { aws } from './fixtures/aws.ts'
import { azure } from './fixtures/azure.ts'
import { builds } from './fixtures/builds.ts'
import { clouds } from './fixtures/clouds.ts'
import { connections } from './fixtures/connections.ts'
import { credentialFiles } from './fixtures/credential-files.ts'
import { github } from './fixtures/github.ts'
import { gitlab } from './fixtures/gitlab.ts'
import { google } from './fixtures/google.ts'
import { mail } from './fixtures/mail.ts'
import { messaging } from './fixtures/messaging.ts'
import { observability } from './fixtures/observability.ts'
import { payments } from './fixtures/payments.ts'
import { privateKeys } from './fixtures/private-keys.ts'
import { registries } from './fixtures/registries.ts'
import { vaults } from './fixtures/vaults.ts'
import { webTokens } from './fixtures/web-tokens.ts'

export const kindCases: readonly KindCases[] = [
  ...ai,
  ...applications,
  ...aws,
  ...azure,
  ...builds,
  ...clouds,
  ...connections,
  ...credentialFiles,
  ...github,
  ...gitlab,
  ...google,
  ...mail,
  ...messaging,
  ...observability,
  ...payments,
  ...privateKeys,
  ...registries,
  ...vaults,
  ...webTokens,
]
