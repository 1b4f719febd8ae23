/** sudo in an image: https://docs.docker.com/build/building/best-practices/#user */
import { quote } from '../../../findings.ts'
import type { ImageRule } from '../rule.ts'

export const sudo: ImageRule = {
  id: 'image/sudo',
  severity: 'low',
  title: 'Image has sudo',
  why: 'What starts as a user of its own has a program at hand that makes it root again, and its rules in etc/sudoers are read by nobody who reviews the workload.',
  fix: 'Remove sudo; do as root in the Dockerfile what needs root, before `USER`.',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  concerns: 'image',
  *check({ evidence: { files } }) {
    for (const path of ['usr/bin/sudo', 'usr/local/bin/sudo', 'usr/bin/doas']) {
      const file = files?.find(path)
      if (file?.type !== 'file') continue
      yield { content: { path: file.path, layer: file.layer }, anchor: path, message: `${quote(path)} is in the image` }
    }
  },
}
