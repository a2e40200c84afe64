/** Control, bidi, zero-width and blank characters. Line ends and tabs are text. */
const UNSEEN =
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e' +
  '\\u2028\\u2029\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb' +
  '\\u{e0000}-\\u{e007f}]'
/** What joins two pictures into one, and what joins anything else. */
const JOINER = '\\u200d'
const PICTURE_BEFORE = '\\p{Extended_Pictographic}\\ufe0f?\\p{Emoji_Modifier}?'
const LONE_JOINER = `(?<!${PICTURE_BEFORE})${JOINER}|${JOINER}(?!\\p{Extended_Pictographic})`

const ANY_UNSEEN = new RegExp(`${UNSEEN}|${JOINER}`, 'u')
const DISTURBING = new RegExp(`${UNSEEN}|${LONE_JOINER}`, 'gu')

/** Whether a text holds what nobody sees: what we sign must be what it looks like. */
export function hasUnseen(text: string): boolean {
  return ANY_UNSEEN.test(text)
}

/** A stranger's text as it may be shown: what nobody sees stands there as `�`, and turns no reading round. */
export function visible(text: string): string {
  return text.replaceAll(DISTURBING, '\ufffd')
}

/** The beginning of a stranger's text, in whole letters, so that what stands behind it is still read. */
export function beginning(text: string, letters: number): string {
  const all = [...visible(text)]
  return all.length > letters ? `${all.slice(0, letters).join('')}…` : all.join('')
}
