/** Every SBOM format, in alphabetical order. */
export { renderCycloneDx } from './cyclonedx.ts'
export { renderSpdx } from './spdx.ts'
