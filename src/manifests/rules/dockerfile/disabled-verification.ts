/** Downloads whose origin is not checked. */
import { quote } from '../../../findings.ts'
import type { Dockerfile } from '../../../repo/repository.ts'
import { at } from '../../dockerfile/place.ts'
import { commandsOf, programOf } from '../../dockerfile/shell.ts'
import type { Rule } from '../../rule.ts'

export const disabledVerification: Rule<Dockerfile> = {
  id: 'dockerfile/disabled-verification',
  severity: 'high',
  title: 'Verification of a download is turned off',
  why: 'Without the check of the certificate or the signature, anybody on the way can put other content into the image.',
  fix: 'Remove the option; add the certificate or the key that is missing.',
  references: ['https://owasp.org/www-project-top-10-ci-cd-security-risks/'],
  *check(dockerfile) {
    for (const instruction of dockerfile.source.instructions) {
      if (
        instruction.name === 'ENV' &&
        /\b(?:NODE_TLS_REJECT_UNAUTHORIZED=["']?0|PYTHONHTTPSVERIFY=["']?0|GIT_SSL_NO_VERIFY=["']?(?:1|true)|GONOSUMCHECK=|GOINSECURE=|GONOSUMDB=)/.test(
          instruction.arguments,
        )
      ) {
        yield at(dockerfile, instruction, `ENV ${quote(instruction.arguments)} turns a verification off`)
      }
      const { hereDocuments } = instruction
      if (!['ADD', 'COPY', 'RUN'].includes(instruction.name)) continue
      const texts = [instruction.arguments, ...hereDocuments.map(({ body }) => body)].map((text) => text.slice(0, limit))
      if (texts.some((text) => /\[[^\]\n]{0,200}\btrusted=yes\b/.test(text)))
        yield at(dockerfile, instruction, 'packages of a source need no signature: "trusted=yes"')
      if (instruction.name !== 'RUN') continue
      for (const { name, options } of commandsOf(instruction).map(programOf)) {
        const found = options.find((option, index) => isDisabling(name, option, options[index + 1] ?? ''))
        if (found !== undefined) yield at(dockerfile, instruction, `${quote(name)} is told not to verify: ${quote(found)}`)
      }
    }
  },
}

/** More of one instruction is not looked at. */
const limit = 64 * 1024

function isDisabling(program: string, option: string, next: string): boolean {
  switch (program) {
    case 'curl':
      return option === '--insecure' || option === '--proxy-insecure' || /^-[a-zA-Z]*k[a-zA-Z]*$/.test(option)
    case 'wget':
      return option === '--no-check-certificate'
    case 'apt':
    case 'apt-get':
      return (
        /^--(?:allow-unauthenticated|allow-insecure-repositories|force-yes)$/.test(option) ||
        /Allow(?:Unauthenticated|InsecureRepositories)=(?:true|1|yes)/i.test(option)
      )
    case 'apk':
      return option === '--allow-untrusted'
    case 'yum':
    case 'dnf':
    case 'microdnf':
      return option === '--nogpgcheck'
    case 'rpm':
      return option === '--nosignature' || option === '--nodigest'
    case 'pip':
    case 'pip3':
      return option.startsWith('--trusted-host')
    case 'git':
      return /^http\.sslVerify=(?:false|0)$/i.test(option) || (/^http\.sslVerify$/i.test(option) && /^(?:false|0)$/.test(next))
    case 'npm':
    case 'yarn':
      return option === 'strict-ssl' && next === 'false'
    default:
      return false
  }
}
