/** Variables that turn the check of certificates or signatures off. */
import { quote, type Severity } from '../../../findings.ts'
import { environmentOf } from '../environment.ts'
import type { ImageRule } from '../rule.ts'

export const disabledVerification: ImageRule = {
  id: 'image/disabled-verification',
  severity: 'high',
  title: 'Environment turns verification off',
  why: 'Every program of the container that heeds the variable takes any certificate for the right one: whoever is on the way reads and changes what it sends and gets, passwords and tokens included.',
  fix: 'Remove the variable; add the certificate authority that is missing to the image (`update-ca-certificates`, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE).',
  references: [
    'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
    'https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpsslVerify',
  ],
  concerns: 'image',
  *check({ image: { config } }) {
    const variables = environmentOf(config.env)
    for (const [name, matches, what, severity] of switches) {
      const value = variables.get(name)
      if (value === undefined || !matches.test(value)) continue
      yield { content: { field: 'Env' }, anchor: name, severity, message: `${name}=${quote(value, 40)} ${what}` }
    }
  },
}

const off = /^(?:0|false|no|off|none)$/i
const on = /^(?:1|true|yes|on)$/i

/** What works while the container runs is worse than what its builds and installations heed. */
const switches: readonly (readonly [name: string, matches: RegExp, what: string, severity: Severity])[] = [
  // Node takes "0" and nothing else for no.
  ['NODE_TLS_REJECT_UNAUTHORIZED', /^0$/, 'lets Node.js take any certificate', 'high'],
  ['PYTHONHTTPSVERIFY', /^0$/, 'lets Python take any certificate', 'high'],
  ['GIT_SSL_NO_VERIFY', /^(?!(?:0|false|no|off)?$).+/i, 'lets git take any certificate', 'high'],
  ['PERL_LWP_SSL_VERIFY_HOSTNAME', /^0$/, 'lets LWP of Perl take any certificate', 'high'],
  ['PGSSLMODE', /^disable$/, 'has PostgreSQL clients speak in the clear', 'medium'],
  ['NPM_CONFIG_STRICT_SSL', off, 'lets npm take any certificate', 'medium'],
  ['npm_config_strict_ssl', off, 'lets npm take any certificate', 'medium'],
  ['GONOSUMCHECK', on, 'lets Go take modules without their sums', 'medium'],
  ['GOINSECURE', /./, 'lets Go load modules without certificates', 'medium'],
  ['PIP_TRUSTED_HOST', /./, 'lets pip load packages without certificates', 'medium'],
]
