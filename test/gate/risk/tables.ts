/** The points of a risk score as `docs/risk.md` shows them. */
import {
  anomalyWeight,
  checkWeights,
  epssWeights,
  fixWeight,
  furtherWeight,
  importanceWeights,
  isolationWeights,
  knownExploited,
  most,
  type PartName,
  partNames,
  pointsPerScore,
  privilegeWeights,
  reachabilityWeight,
  rightsWeights,
  secretsWeight,
  severityWeights,
  type Weight,
} from '../../../src/gate/risk/points.ts'

const weights: Readonly<Record<PartName, readonly Weight[]>> = {
  severity: Object.values(severityWeights),
  exploitation: [knownExploited, ...epssWeights, ...checkWeights.values()],
  fix: [fixWeight],
  reachability: [reachabilityWeight],
  privileges: Object.values(privilegeWeights),
  rights: Object.values(rightsWeights),
  'network policies': isolationWeights,
  secrets: [secretsWeight],
  namespace: Object.values(importanceWeights),
}

export function riskTables(): string {
  const rows = partNames.flatMap((name) => [
    `| **${name}** | **${most[name]}** | at most |\n`,
    ...(name === 'severity' ? [`| | CVSS × ${pointsPerScore} | the CVSS base score, rounded |\n`] : []),
    ...weights[name].map(({ points, when }) => `| | ${points} | ${when} |\n`),
  ])
  const ofImages = [
    `| **further findings** | **${furtherWeight.most}** | at most |\n`,
    `| | ${furtherWeight.points} | ${furtherWeight.when} |\n`,
    `| **anomaly** | **${anomalyWeight.points}** | ${anomalyWeight.when} |\n`,
  ]
  const head = '\n| part | points | when |\n| --- | --- | --- |\n'
  return `${head}${rows.join('')}\nAn image has, on top of its worst finding:\n${head}${ofImages.join('')}\n`
}
