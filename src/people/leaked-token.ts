import type { Context } from '../context.js'
import { appendAudit } from '../store/audit.js'
import type { Words } from '../words.js'
import { findToken, markLeaked } from './access-store.js'
import { isSecretOf } from './secrets.js'
import { findPerson } from './store.js'
import { tellPerson } from './tell-person.js'
import { parseToken } from './tokens.js'

/**
 * A text that stood in an address, where logs and histories keep it. Where it is a token that may still serve, its line at
 * “Access tokens” says so from then on, and its owner is told: once, however often it is sent.
 */
export async function noteLeaked(ctx: Context, text: string): Promise<void> {
  const parts = parseToken(text)
  const token = parts && (await findToken(ctx.db, parts.publicId))
  // Whoever only knows its name, which is no secret, flags nothing.
  if (!token || !isSecretOf(token.secret_hash, parts.secret)) return
  if (token.leaked_at !== null || token.revoked_at !== null) return
  const at = ctx.now()
  const { public_id: subject } = token
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await markLeaked(trx, token.id, at.toISOString()))) return
    await appendAudit(trx, { at, actor: 'visitor', action: 'token.leaked', subject })
    const owner = token.person_id === null ? undefined : await findPerson(trx, token.person_id)
    const told = { key: `token-leaked ${subject}`, subject: SUBJECT, text: TEXT }
    await tellPerson(ctx, trx, owner, told)
  })
}

const SUBJECT: Words = {
  fr: 'Un jeton d’accès à votre nom est à remplacer',
  en: 'An access token in your name is to be replaced',
}
const TEXT: Words = {
  fr: 'Un logiciel a envoyé à Sceau, dans une adresse web, un jeton d’accès qui agit en votre nom. Les adresses restent dans des journaux : quelqu’un d’autre peut l’y lire et s’en servir.\n\nDemandez à l’administrateur de la plateforme de le révoquer et d’en donner un autre, et au logiciel de l’envoyer dans l’en-tête « Authorization: Bearer … ».\n',
  en: 'Software has sent Sceau, in a web address, an access token that acts in your name. Addresses stay in logs: somebody else may read it there and use it.\n\nAsk the platform’s administrator to revoke it and to give another one, and the software to send it in the header “Authorization: Bearer …”.\n',
}
