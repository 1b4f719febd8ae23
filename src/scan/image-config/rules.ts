/** Every rule about what an image holds and how it is configured, in alphabetical order. */
import type { ImageRule } from './rule.ts'
import { creationTime } from './rules/creation-time.ts'
import { dangerousVolume } from './rules/dangerous-volume.ts'
import { debugEnvironment } from './rules/debug-environment.ts'
import { disabledVerification } from './rules/disabled-verification.ts'
import { emptyPassword } from './rules/empty-password.ts'
import { endOfLifeDistribution } from './rules/end-of-life.ts'
import { fileCapability } from './rules/file-capability.ts'
import { latestBase } from './rules/latest-base.ts'
import { namedUser } from './rules/named-user.ts'
import { noHealthCheck } from './rules/no-health-check.ts'
import { noSource } from './rules/no-source.ts'
import { packageCache } from './rules/package-cache.ts'
import { pipeToShell } from './rules/pipe-to-shell.ts'
import { preloadedLibrary } from './rules/preloaded-library.ts'
import { presetPassword } from './rules/preset-password.ts'
import { privilegedPort } from './rules/privileged-port.ts'
import { remoteAdd } from './rules/remote-add.ts'
import { rootUser } from './rules/root-user.ts'
import { secondRoot } from './rules/second-root.ts'
import { setuidFile } from './rules/setuid-file.ts'
import { shellInMinimal } from './rules/shell-in-minimal.ts'
import { sshServer } from './rules/ssh-server.ts'
import { sudo } from './rules/sudo.ts'
import { unknownUser } from './rules/unknown-user.ts'
import { unsafePath } from './rules/unsafe-path.ts'
import { updateAlone } from './rules/update-alone.ts'
import { worldWritable } from './rules/world-writable.ts'
import { writableAccountFile } from './rules/writable-account-file.ts'

export const imageRules: readonly ImageRule[] = [
  creationTime,
  dangerousVolume,
  debugEnvironment,
  disabledVerification,
  emptyPassword,
  endOfLifeDistribution,
  fileCapability,
  latestBase,
  namedUser,
  noHealthCheck,
  noSource,
  packageCache,
  pipeToShell,
  preloadedLibrary,
  presetPassword,
  privilegedPort,
  remoteAdd,
  rootUser,
  secondRoot,
  setuidFile,
  shellInMinimal,
  sshServer,
  sudo,
  unknownUser,
  unsafePath,
  updateAlone,
  worldWritable,
  writableAccountFile,
]
