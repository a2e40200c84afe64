import { unknownEncoding, wrongEncoding } from './file-refusals.js'

/** By the name in an XML declaration. The web's ISO-8859-1 is windows-1252, which has œ besides. */
const DECODERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
}
/** The declaration stands at the very start; what is longer is none. */
const DECLARATION_BYTES = 200

/**
 * The text of an XML file, by the encoding that it declares: SIECLE writes ISO-8859-1. A file that was
 * saved anew in UTF-8 and still says ISO-8859-1 would put “ZoÃ©” into the list, so it is refused.
 *
 * @throws {DomainError} invalid-request
 */
export function decodeXml(bytes: Uint8Array): string {
  const declared = declaredEncoding(bytes)
  const encoding = DECODERS[declared.toLowerCase()]
  if (encoding === undefined) throw unknownEncoding(declared)
  const asUtf8 = decode('utf-8', bytes)
  if (encoding === 'utf-8') {
    if (asUtf8 === undefined) throw wrongEncoding(declared)
    return asUtf8
  }
  const hasAccents = bytes.some((byte) => byte > 0x7f)
  // In French, bytes of ISO-8859-1 that are UTF-8 by chance do not happen: é is followed by a letter.
  if (hasAccents && asUtf8 !== undefined) throw wrongEncoding(declared)
  return new TextDecoder(encoding).decode(bytes)
}

/** Without a declaration XML is in UTF-8 (XML 1.0, section 4.3.3). */
function declaredEncoding(bytes: Uint8Array): string {
  if (isUtf16(bytes)) return 'UTF-16'
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1')
  const declaration = /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    start,
  )
  return declaration?.[1] ?? 'UTF-8'
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

function decode(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
