type Json = Record<string, any>

/** What a token of Open Badges 3.0 must say beside its credential (section 8.2.4.1). */
export function claimsOf(credential: Json): Json {
  const { id, issuer, credentialSubject: subject, validFrom, issuanceDate } = credential
  const until = credential.validUntil ?? credential.expirationDate
  return {
    iss: issuer.id ?? issuer,
    ...(id !== undefined && { jti: id }),
    ...(subject.id !== undefined && { sub: subject.id }),
    nbf: Date.parse(validFrom ?? issuanceDate) / 1000,
    ...(until !== undefined && { exp: Date.parse(until) / 1000 }),
  }
}
