import type { VNode } from 'preact'
import { sayIn } from '../../web/say.js'
import type { Visitor } from '../../web/visitor.js'
import type { Words } from '../../words.js'
import { Said, Text } from './text.js'

const TRIED: readonly Words[] = [
  {
    fr: 'Les pages publiques sont essayées avec axe, un outil automatique, en clair et en sombre, à 320 et à 1280 pixels de large. Un outil ne trouve qu’une partie des défauts.',
    en: 'The public pages are tried with axe, an automatic tool, in light and dark, 320 and 1280 pixels wide. A tool finds only part of the faults.',
  },
  {
    fr: 'Les pages et les formulaires fonctionnent au clavier et sans script.',
    en: 'Pages and forms work by keyboard and without script.',
  },
  {
    fr: 'Un état est toujours dit par un mot et par une forme ; la couleur ne fait que le répéter. Les contrastes sont calculés par un essai.',
    en: 'A state is always told by a word and a shape; colour only repeats it. Contrasts are computed by a test.',
  },
]

const KNOWN: readonly Words[] = [
  {
    fr: 'Aucune personne qui utilise un lecteur d’écran n’a encore essayé le service pour nous.',
    en: 'Nobody who uses a screen reader has tried the service for us yet.',
  },
  {
    fr: 'La page de l’interface de programmation vient d’un autre logiciel et demande un script ; le même document existe en texte.',
    en: 'The page of the programming interface comes from other software and needs script; the same document is there as text.',
  },
  {
    fr: 'Les textes écrits par les entreprises et les lycées sont en français, même sur les pages en anglais.',
    en: 'The texts written by companies and lycées are in French, on pages in English too.',
  },
]

export function Accessibility({ visitor }: { visitor: Visitor }): VNode {
  const say = sayIn(visitor.language)
  return (
    <Text visitor={visitor} title={{ fr: 'Accessibilité', en: 'Accessibility' }}>
      <p>
        {say({
          fr: 'Ce service n’a pas encore été audité selon le RGAA : il est donc déclaré non conforme, quoi que valent ses pages.',
          en: 'This service has not been audited against the RGAA yet: it is therefore declared non-compliant, whatever its pages are worth.',
        })}
      </p>
      <Said
        visitor={visitor}
        title={{ fr: 'Ce qui est essayé', en: 'What is tried' }}
        sentences={TRIED}
      />
      <Said
        visitor={visitor}
        title={{ fr: 'Ce que nous savons imparfait', en: 'What we know to be imperfect' }}
        sentences={KNOWN}
      />
      <h2>{say({ fr: 'Signaler un obstacle', en: 'Report an obstacle' })}</h2>
      <p>
        {say({
          fr: 'Quelque chose vous arrête ? Dites-le au lycée ou à l’académie qui vous a donné accès à ce service : la page, ce que vous vouliez faire, ce qui s’est passé. Une autre façon de faire doit vous être proposée. Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits : ',
          en: 'Does something stop you? Tell the lycée or the academy that gave you access to this service: the page, what you wanted to do, what happened. Another way must be offered to you. Without a satisfactory answer, you may turn to the Défenseur des droits: ',
        })}
        <a href="https://www.defenseurdesdroits.fr/">defenseurdesdroits.fr</a>.
      </p>
    </Text>
  )
}
