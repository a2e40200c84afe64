import type { VNode } from 'preact'
import { ButtonLink } from './web/components/form.js'
import { Layout } from './web/layout.js'
import { page } from './web/page.js'
import { sayIn } from './web/say.js'
import type { Visitor } from './web/visitor.js'
import type { Words } from './words.js'

const FOR_WHOM: readonly (readonly [Words, Words])[] = [
  [
    { fr: 'Lycées', en: 'Schools' },
    {
      fr: 'suivent les cohortes, le mentorat et les stages, et délivrent des badges qui complètent le bac pro.',
      en: 'follow cohorts, mentoring and placements, and issue badges that complement the bac pro.',
    },
  ],
  [
    { fr: 'Entreprises', en: 'Companies' },
    {
      fr: 'définissent les compétences qu’elles recherchent, et endossent ce qu’elles ont vu faire.',
      en: 'define the competencies they look for, and endorse what they have seen done.',
    },
  ],
  [
    { fr: 'Élèves', en: 'Students' },
    {
      fr: 'gardent leurs badges, et choisissent seuls à qui les montrer.',
      en: 'keep their badges, and choose alone whom to show them to.',
    },
  ],
]

export const homePages = [
  page({
    path: '/',
    access: 'public',
    show: async (_ctx, { visitor }) => <Home visitor={visitor} />,
  }),
  page({
    path: '/about',
    access: 'public',
    show: async (_ctx, { visitor }) => <About visitor={visitor} />,
  }),
  page({
    path: '/accessibilite',
    access: 'public',
    show: async (_ctx, { visitor }) => <Accessibility visitor={visitor} />,
  }),
  page({
    path: '/confidentialite',
    access: 'public',
    show: async (_ctx, { visitor }) => <Privacy visitor={visitor} />,
  }),
]

function Home({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  return (
    <Layout
      visitor={visitor}
      title={say({ fr: 'Des badges que l’on peut croire', en: 'Badges that can be believed' })}
      indexed
    >
      <h1>{say({ fr: 'Des badges que l’on peut croire', en: 'Badges that can be believed' })}</h1>
      <p>
        {say({
          fr: 'Sceau délivre des badges de compétences aux élèves de lycée professionnel. Chacun repose sur un mentorat ou un stage enregistré, et porte la signature du lycée et celle de l’entreprise.',
          en: 'Sceau issues competency badges to students of vocational lycées. Each rests on recorded mentoring or a placement, and bears the signature of the lycée and that of the company.',
        })}
      </p>
      <p class="actions">
        <ButtonLink href="/verify">
          {say({ fr: 'Vérifier un badge', en: 'Verify a badge' })}
        </ButtonLink>
      </p>
      <dl class="facts">
        {FOR_WHOM.map(([who, what]) => (
          <>
            <dt>{say(who)}</dt>
            <dd>{say(what)}</dd>
          </>
        ))}
      </dl>
    </Layout>
  )
}

function About({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'À propos', en: 'About' })
  return (
    <Layout visitor={visitor} title={title} indexed>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Un badge complète le baccalauréat professionnel ; il ne s’y substitue pas et n’est pas une certification enregistrée au RNCP ou au RS.',
          en: 'A badge complements the baccalauréat professionnel; it does not replace it and is no certification registered in the RNCP or the RS.',
        })}
      </p>
      <p>
        {say({
          fr: 'Les badges suivent la norme ouverte Open Badges 3.0 : on peut les vérifier ici ou avec un autre logiciel.',
          en: 'Badges follow the open standard Open Badges 3.0: they can be verified here or with other software.',
        })}
      </p>
    </Layout>
  )
}

function Accessibility({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Accessibilité', en: 'Accessibility' })
  return (
    <Layout visitor={visitor} title={title} indexed>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Ce service n’a pas encore été audité selon le RGAA. Ses pages fonctionnent au clavier, sans script, et sont essayées avec un outil automatique ; cela ne remplace pas un audit.',
          en: 'This service has not been audited against the RGAA yet. Its pages work by keyboard, without script, and are tried with an automatic tool; that does not replace an audit.',
        })}
      </p>
    </Layout>
  )
}

function Privacy({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  const title = say({ fr: 'Confidentialité', en: 'Privacy' })
  return (
    <Layout visitor={visitor} title={title} indexed>
      <h1>{title}</h1>
      <p>
        {say({
          fr: 'Un badge ne contient ni nom, ni date de naissance, ni adresse, ni numéro d’élève. Les pages ne chargent rien d’un autre site et ne suivent personne. Un badge que vous faites vérifier ici n’est pas gardé.',
          en: 'A badge holds no name, no birth date, no address, no student number. Pages load nothing from another site and track nobody. A badge that you have verified here is not kept.',
        })}
      </p>
    </Layout>
  )
}
