import type { Expected } from './lint.js'

/** Of the lints only those that look at a text matter here. */
export function textOnly(forbidden: readonly string[]): Expected {
  return {
    kind: 'EndorsementCredential',
    issuer: '',
    service: '',
    reserved: { id: '', subject: '', position: 0 },
    now: new Date(0),
    forbidden,
    statusList: '',
    statusEntries: 0,
    approvals: [],
    digest: '',
  }
}
