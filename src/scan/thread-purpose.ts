/** What a thread is told that it was started for. */
export const threadPurpose = 'portcullis.layer'
