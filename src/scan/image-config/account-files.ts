/** Files that say who is who and who may become root. */
export function isAccountFile(path: string): boolean {
  return /^etc\/(?:passwd|shadow|group|gshadow|sudoers|doas\.conf|sudoers\.d\/[^/]+)$/.test(path)
}
