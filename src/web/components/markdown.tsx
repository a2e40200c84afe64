import type { VNode } from 'preact'
import { toSafeHtml } from '../markdown.js'

export function Markdown({ text }: { text: string }): VNode {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: toSafeHtml(text) }} />
}
