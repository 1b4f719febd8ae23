/** What the gate says to the person who changes an image into one that can do more than it could, or that is unlike all earlier ones. */
import type { RuleText } from '../findings.ts'

const configuration = 'https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md#properties'

export const binaryAddedRule: RuleText = {
  id: 'drift/binary-added',
  severity: 'medium',
  title: 'The new image has a program that no package owns',
  why: 'A program or library that no package manager put there has no source that anybody could follow, no advisory will name it, and a miner or a back door comes just so. The image that the base names does not have it.',
  fix: 'Find the instruction that brings the file. Install it as a package, or fetch it by an address with a digest that is checked, or leave it out.',
  references: ['https://attack.mitre.org/techniques/T1525/', 'https://slsa.dev/spec/v1.0/threats'],
}

export const entrypointChangedRule: RuleText = {
  id: 'drift/entrypoint-changed',
  severity: 'low',
  title: 'The new image starts another program',
  why: 'What runs first in the container is another program, or the same with other arguments, than what was reviewed last. Whoever can change the entry point runs what they like with all that the container may do.',
  fix: 'Compare both command lines, and take the change where it was meant.',
  references: [configuration],
}

export const networkServiceAddedRule: RuleText = {
  id: 'drift/network-service-added',
  severity: 'low',
  title: 'The new image has a network service that the earlier one had not',
  why: 'A package that is made to answer a network is one more thing that can be reached and attacked, whether the container starts it or something else does.',
  fix: 'Leave the package out where the container does not need it; where it does, see that network policies allow what has to reach it alone.',
  references: ['https://csrc.nist.gov/pubs/sp/800/190/final'],
}

export const portAddedRule: RuleText = {
  id: 'drift/port-added',
  severity: 'low',
  title: 'The new image exposes a port that the earlier one did not',
  why: 'The configuration of the image says that it listens on a further port. Services and network policies were written for those before.',
  fix: 'Take the port out of `EXPOSE` where nothing is to reach it; where it is needed, see that network policies allow what has to reach it alone.',
  references: [configuration, 'https://docs.docker.com/reference/dockerfile/#expose'],
}

export const setuidAddedRule: RuleText = {
  id: 'drift/setuid-added',
  severity: 'high',
  title: 'The new image has a setuid or setgid file that the earlier one had not',
  why: 'A setuid file runs as its owner, most often root, whoever starts it: it is the way from a foothold in the container to its root. Packages bring few of them, and a file of no package that is setuid is how a back door is kept open.',
  fix: 'Take the bit away (`chmod a-s FILE`) in the instruction that brings the file, or leave the file out. Set `allowPrivilegeEscalation: false` on the container besides.',
  references: ['https://attack.mitre.org/techniques/T1548/001/', 'https://www.cisecurity.org/benchmark/docker'],
}

export const userRootRule: RuleText = {
  id: 'drift/user-root',
  severity: 'medium',
  title: 'The new image starts as root, and the earlier one did not',
  why: 'The image had a user without rights and has root now: who takes the program has the whole container, and a step less to the node.',
  fix: 'Put `USER` with the earlier user back at the end of the Dockerfile.',
  references: [
    'https://docs.docker.com/reference/dockerfile/#user',
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  ],
}

export const anomalyRule: RuleText = {
  id: 'image/anomaly',
  severity: 'medium',
  title: 'The image is unlike the earlier ones of its repository',
  why: 'An isolation forest over what each image of the series changed against those before it finds this step far from all others. A build that was tampered with looks so, and so does a large change that was meant.',
  fix: 'Look at what made it so, as the message lists it, and find the change of the source that explains each. Waive the finding where all are explained.',
  references: ['https://doi.org/10.1109/ICDM.2008.17', 'https://slsa.dev/spec/v1.0/threats'],
}

/** In alphabetical order. */
export const driftRules: readonly RuleText[] = [
  binaryAddedRule,
  entrypointChangedRule,
  networkServiceAddedRule,
  portAddedRule,
  setuidAddedRule,
  userRootRule,
  anomalyRule,
]
