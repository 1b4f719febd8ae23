/** What a thread is told when it is started. */
export interface ThreadData {
  readonly purpose: typeof threadPurpose
  /** As the process does. */
  readonly keepsCompiled: boolean
}

export const threadPurpose = 'portcullis.layer'
