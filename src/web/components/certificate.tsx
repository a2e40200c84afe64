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
