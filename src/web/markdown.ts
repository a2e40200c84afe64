import MarkdownIt, { type Token } from 'markdown-it'

/** Characters; a longer text is cut before it is parsed. */
const MAX_LENGTH = 20_000

/** The page has its own h1 and h2. */
const HEADINGS: Readonly<Record<string, string>> = {
  h1: 'h3',
  h2: 'h3',
  h3: 'h4',
  h4: 'h4',
  h5: 'h4',
  h6: 'h4',
}

const markdown = new MarkdownIt('commonmark', { html: false }).disable('image')
markdown.validateLink = (url) => /^(https:\/\/|mailto:)/i.test(url)
markdown.core.ruler.push('tame', ({ tokens }) => tokens.forEach(tame))

/** Somebody's Markdown as HTML that can do nothing: no tags of theirs, no pictures, no odd links. */
export function toSafeHtml(text: string): string {
  return markdown.render(text.slice(0, MAX_LENGTH))
}

function tame(token: Token): void {
  token.tag = HEADINGS[token.tag] ?? token.tag
  // A stranger's page gets no hold on ours, and no credit from search engines.
  if (token.type === 'link_open') token.attrSet('rel', 'noopener nofollow')
  token.children?.forEach(tame)
}
