/** Why an alert was not sent. The message never holds an address with a secret in it. */
export class AlertError extends Error {
  override readonly name = 'AlertError'
}
