import type { ComponentChildren, VNode } from 'preact'

type BadgePictureProps = { src: string; alt: string; small?: boolean }

/** The picture of a badge. `alt` says what is drawn; beside a text that already does, it is ''. */
export function BadgePicture({ src, alt, small }: BadgePictureProps): VNode {
  const side = small ? 96 : 320
  return (
    <img
      class={small ? 'picture small' : 'picture'}
      src={src}
      alt={alt}
      width={side}
      height={side}
    />
  )
}

type PictureLinkProps = { src: string; name: string; href?: string; note?: string }

/** A badge in a row of badges: its picture above its name, which is the link, if there is one. */
export function PictureLink({ src, name, href, note }: PictureLinkProps): VNode {
  return (
    <figure class="picture-link">
      <BadgePicture src={src} alt="" />
      <figcaption>
        {href ? <a href={href}>{name}</a> : <span class="serif">{name}</span>}
        {note ? <span class="soft small">{note}</span> : null}
      </figcaption>
    </figure>
  )
}

/** Badges beside each other. */
export function PictureList({ badges }: { badges: readonly PictureLinkProps[] }): VNode {
  return (
    <ul class="pictures">
      {badges.map((badge, at) => (
        <li key={at}>
          <PictureLink {...badge} />
        </li>
      ))}
    </ul>
  )
}

/** What stands apart on the page; `framed` for a badge, as a certificate is framed. */
export function Card(props: {
  title: string
  id: string
  framed?: boolean
  children: ComponentChildren
}): VNode {
  return (
    <section class={props.framed ? 'sheet framed' : 'sheet'} aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  )
}
