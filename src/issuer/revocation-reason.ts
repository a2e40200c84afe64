import type { Context } from '../context.js'
import { personalDataOf } from '../mentoring/students/personal-data.js'

/**
 * The reason of a revocation, for a page that anybody may open: somebody typed it, so it is left
 * out when it names the student.
 *
 * @returns null for one that is not shown
 */
export async function reasonToShow(
  ctx: Context,
  reason: string,
  studentId: number,
): Promise<string | null> {
  const personal = await personalDataOf(ctx, studentId)
  return reason === '' || namesAny(reason, personal) ? null : reason
}

/** Whether one of the words is in the text, whatever its accents, capitals and signs. */
export function namesAny(text: string, words: readonly string[]): boolean {
  const folded = ` ${fold(text)} `
  return words.map(fold).some((word) => word.length > 1 && folded.includes(` ${word} `))
}

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
