/** What `--base-updates` says to the person whose base image has a successor. */
import type { RuleText } from '../findings.ts'

export const baseUpdateRule: RuleText = {
  id: 'image/base-update',
  severity: 'low',
  title: 'A newer base image has fewer vulnerabilities',
  why: 'What the base image brings is in every image that is built from it: a vulnerability that its maintainers have fixed stays in yours until the line that names the base is changed.',
  fix: 'Take the newer tag of the same series on the `FROM` line, with its digest where the line is pinned, and build the image again.',
  references: [
    'https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image',
    'https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-tags',
  ],
}
