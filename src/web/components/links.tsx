import type { VNode } from 'preact'
import type { Say } from '../say.js'

export type Link = Readonly<{ href: string; title: string }>

/** The way to this page; the page itself comes last, and is no link. */
export function Breadcrumb(props: { say: Say; way: readonly Link[]; here: string }): VNode {
  return (
    <nav class="breadcrumb" aria-label={props.say({ fr: 'Vous êtes ici', en: 'You are here' })}>
      <ol>
        {props.way.map(({ href, title }) => (
          <li key={href}>
            <a href={href}>{title}</a>
          </li>
        ))}
        <li aria-current="page">{props.here}</li>
      </ol>
    </nav>
  )
}

/** Pages beside each other, as plain links. */
export function Tabs(props: { label: string; links: readonly Link[]; here: string }): VNode {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul class="links">
        {props.links.map(({ href, title }) => (
          <li key={href}>
            <a href={href} {...(href === props.here ? { 'aria-current': 'page' as const } : {})}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Pages to go to, each with what one does there. */
export function LinkList(props: { links: readonly (Link & { about?: string })[] }): VNode {
  return (
    <ul class="link-list">
      {props.links.map(({ href, title, about }) => (
        <li key={href}>
          <a href={href}>{title}</a>
          {about ? <span class="soft"> {about}</span> : null}
        </li>
      ))}
    </ul>
  )
}

/** The same list, narrowed: one link for each part of it, the part that is shown marked. */
export function Filter(props: { label: string; links: readonly Link[]; here: string }): VNode {
  return (
    <nav class="filter" aria-label={props.label}>
      <span class="soft">{props.label}</span>
      <ul class="links">
        {props.links.map(({ href, title }) => (
          <li key={href}>
            <a href={href} {...(href === props.here ? { 'aria-current': 'true' as const } : {})}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

type PaginationProps = { say: Say; page: number; pages: number; hrefOf: (page: number) => string }

/** Before, where, after. Nothing for a single page. */
export function Pagination({ say, page, pages, hrefOf }: PaginationProps): VNode | null {
  if (pages < 2) return null
  return (
    <nav class="pagination" aria-label={say({ fr: 'Pages de la liste', en: 'Pages of the list' })}>
      {page > 1 ? (
        <a href={hrefOf(page - 1)} rel="prev">
          {say({ fr: 'Page précédente', en: 'Previous page' })}
        </a>
      ) : null}
      <span>{say({ fr: `Page ${page} sur ${pages}`, en: `Page ${page} of ${pages}` })}</span>
      {page < pages ? (
        <a href={hrefOf(page + 1)} rel="next">
          {say({ fr: 'Page suivante', en: 'Next page' })}
        </a>
      ) : null}
    </nav>
  )
}
