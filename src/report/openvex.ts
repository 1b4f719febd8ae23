/** The report as OpenVEX, for those who take exploitability statements. */
import { writeOpenVex } from '../advisories/vex/write.ts'
import type { Renderer } from './renderer.ts'

/** The day of the run stands for the time, so that the same report on the same day gives the same bytes. */
export const openvex: Renderer = function* (report, { today = '1970-01-01' }) {
  yield `${JSON.stringify(writeOpenVex(report, { author: 'Portcullis', timestamp: new Date(`${today}T00:00:00Z`) }), undefined, 2)}\n`
}
