import type { Schema } from '../../store/schema.js'

export type Section = Readonly<{
  table: keyof Schema
  title: string
  /** What is shown, under which name. */
  columns: readonly (readonly [column: string, name: string])[]
}>

/** What the readable page of a copy shows, in French: the rest stands in the file for programs. */
export const SUMMARY: readonly Section[] = [
  {
    table: 'students',
    title: 'Identité',
    columns: [
      ['given_name', 'Prénom'],
      ['family_name', 'Nom'],
      ['birth_date', 'Date de naissance'],
      ['sex', 'Sexe, pour des totaux seulement'],
      ['school', 'Lycée'],
    ],
  },
  {
    table: 'persons',
    title: 'Compte',
    columns: [
      ['email', 'Adresse électronique'],
      ['language', 'Langue'],
      ['created_at', 'Ouvert le'],
    ],
  },
  {
    table: 'schoolings',
    title: 'Scolarité',
    columns: [
      ['school', 'Lycée'],
      ['level', 'Niveau'],
      ['division', 'Division'],
      ['from_day', 'Du'],
      ['until_day', 'Au'],
    ],
  },
  {
    table: 'enrolments',
    title: 'Cohortes',
    columns: [
      ['from_day', 'Du'],
      ['until_day', 'Au'],
      ['exit_reason', 'Raison du départ'],
      ['volunteered_on', 'Volontaire le'],
    ],
  },
  {
    table: 'mentoring_sessions',
    title: 'Séances de mentorat',
    columns: [
      ['day', 'Jour'],
      ['minutes', 'Minutes'],
      ['kind', 'Type'],
      ['topic', 'Sujet'],
      ['company', 'Organisation'],
      ['confirmed_function', 'Confirmée par (fonction)'],
    ],
  },
  {
    table: 'session_students',
    title: 'Ce que vous avez dit des séances',
    columns: [
      ['contested_at', 'Contestée le'],
      ['contest_reason', 'Votre raison'],
    ],
  },
  {
    table: 'placements',
    title: 'Périodes en entreprise',
    columns: [
      ['from_day', 'Du'],
      ['until_day', 'Au'],
      ['days_done', 'Jours faits'],
      ['company', 'Entreprise'],
      ['confirmed_function', 'Confirmée par (fonction)'],
      ['contest_reason', 'Votre contestation'],
    ],
  },
  {
    table: 'placement_assessments',
    title: 'Évaluations en entreprise',
    columns: [
      ['marks', 'Niveaux par critère'],
      ['comment', 'Appréciation'],
      ['outcome', 'Résultat'],
    ],
  },
  {
    table: 'student_outcomes',
    title: 'La suite du parcours',
    columns: [
      ['school_year', 'Année'],
      ['kind', 'Quoi'],
      ['outcome', 'Résultat'],
      ['day', 'Jour'],
    ],
  },
  {
    table: 'dossiers',
    title: 'Dossiers de badge',
    columns: [
      ['badge', 'Badge'],
      ['state', 'État'],
      ['opened_at', 'Ouvert le'],
      ['assessed_function', 'Évalué par (fonction)'],
      ['endorsed_function', 'Endossé par (fonction)'],
      ['endorsement_comment', 'Commentaire de l’entreprise'],
      ['approved_at', 'Approuvé le'],
      ['refusal_reason', 'Raison du refus'],
    ],
  },
  {
    table: 'badges',
    title: 'Badges',
    columns: [
      ['file', 'Fichier de cette archive'],
      ['released_at', 'Délivré le'],
      ['revoked_at', 'Révoqué le'],
      ['revocation_reason', 'Raison'],
    ],
  },
  {
    table: 'badge_notices',
    title: 'Avis sur vos badges',
    columns: [
      ['at', 'Le'],
      ['act', 'Quoi'],
      ['reason', 'Raison'],
    ],
  },
  {
    table: 'share_links',
    title: 'Liens de partage',
    columns: [
      ['address', 'Adresse'],
      ['label', 'Pour qui'],
      ['created_at', 'Ouvert le'],
      ['closed_at', 'Fermé le'],
    ],
  },
  {
    table: 'selections',
    title: 'Pages de plusieurs badges',
    columns: [
      ['address', 'Adresse'],
      ['title', 'Titre'],
      ['label', 'Pour qui'],
      ['created_at', 'Ouverte le'],
      ['closed_at', 'Fermée le'],
    ],
  },
  {
    table: 'record_readings',
    title: 'Qui a lu votre dossier',
    columns: [
      ['day', 'Jour'],
      ['role', 'Fonction'],
      ['organisation', 'Organisation'],
      ['kind', 'Par quoi'],
    ],
  },
  {
    table: 'outbox_mails',
    title: 'Messages qui vous ont été envoyés',
    columns: [
      ['subject', 'Objet'],
      ['body', 'Texte'],
      ['created_at', 'Écrit le'],
      ['sent_at', 'Envoyé le'],
    ],
  },
  {
    table: 'correction_requests',
    title: 'Demandes de correction',
    columns: [
      ['made_at', 'Demandé le'],
      ['what', 'Quoi'],
      ['said', 'Ce qui serait faux'],
      ['became', 'Suite'],
      ['answer', 'Réponse'],
    ],
  },
  {
    table: 'identity_changes',
    title: 'Ce qui a été corrigé dans votre identité',
    columns: [
      ['what', 'Quoi'],
      ['before', 'Avant'],
      ['changed_at', 'Le'],
      ['reason', 'Raison'],
    ],
  },
  {
    table: 'erasure_requests',
    title: 'Demandes d’effacement',
    columns: [
      ['asked_at', 'Demandé le'],
      ['ended_as', 'Suite'],
      ['refusal_reason', 'Raison du refus'],
    ],
  },
]
