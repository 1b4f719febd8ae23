/** Types whose packages belong to a distribution: its name is their namespace. */
export const systemTypes: ReadonlySet<string> = new Set(['apk', 'deb', 'rpm'])
