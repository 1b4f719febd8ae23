import type { Policy } from './policy.ts'

/** What is in force where there is no policy: block on high. */
export function defaultPolicy(): Policy {
  return {
    files: [],
    failOn: 'high',
    unrated: { knownExploited: 'high', otherwise: 'medium' },
    advisories: { sources: [], warnAfterDays: 3, gapAfterDays: 7 },
    vex: [],
    registries: { mirrors: [] },
    signers: [],
    rules: new Map(),
    enforcement: [],
    waivers: [],
    podSecurity: {
      enforce: { level: 'baseline', minor: Number.POSITIVE_INFINITY },
      warn: { level: 'restricted', minor: Number.POSITIVE_INFINITY },
    },
    charts: new Map(),
    podTemplates: new Map(),
    allowAddresses: [],
    denials: [],
    objectDenials: [],
    userPolicies: [],
    regoPolicies: [],
  }
}
