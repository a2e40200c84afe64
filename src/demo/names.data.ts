/** First names and family names that are put together at random: nobody that lives is meant. */
export const GIVEN_NAMES = {
  F: (
    'Aïcha Alice Amandine Anaïs Assia Aya Camille Capucine Célia Chloé Clara Coralie Dounia Élise Emma ' +
    'Fanta Fatou Gaëlle Hana Inès Jade Jeanne Kenza Khadija Léa Léna Lila Lou Louane Maëlle Maïssa Manon ' +
    'Mariam Mathilde Maya Mélina Naïma Nora Océane Pauline Romane Salomé Sarah Sofia Soraya Thaïs Valentine ' +
    'Victoire Yasmine Zélie'
  ).split(' '),
  M: (
    'Abel Adam Adil Alexis Amine Antoine Arthur Axel Baptiste Bilal Clément Corentin Driss Eliott Enzo ' +
    'Esteban Ethan Evan Félix Gabriel Hugo Ibrahim Idriss Ilyès Ismaël Jules Kaïs Kevin Killian Léo Liam ' +
    'Loïc Louis Lucas Maël Malik Marius Mathis Mehdi Mohamed Moussa Nathan Nino Noé Oscar Rayan Robin ' +
    'Sacha Samuel Théo Tiago Timéo Tom Valentin Yanis Youssef'
  ).split(' '),
} as const

export const FAMILY_NAMES: readonly string[] = (
  'Abadie Abdallah Achard Aubertin Bachir Balandier Barbotin Bellanger Benkacem Berthaud Bertrand Besson ' +
  'Bonnefoy Bouchard Boudjemaa Bourgoin Brossard Camara Carvalho Castaing Chabrier Chapuis Charlier Cissé ' +
  'Colin Cordier Costa Coulibaly Courtois Cuenot Da-Silva Dabo Delaunay Demirci Descombes Diallo Diarra ' +
  'Dubreuil Ducret Dufresne Dumortier Durieux El-Amrani Esnault Fabre Faivre Ferrand Ferreira Fofana ' +
  'Fontaine Gaillard Garnier Gauthier Girardot Gomis Grandjean Grosjean Guinot Haddad Hamidi Hennebelle ' +
  'Huguenin Humbert Jacquet Jeannin Joly Kaci Kaplan Keïta Kerdoncuff Khelifi Kone Lacombe Lagarde ' +
  'Lamotte Lartigue Laurain Lebrun Leclercq Lefèvre Lemoine Lhomme Lopes Mahieu Mansouri Marchal Marchand ' +
  'Maréchal Masson Mendy Mercier Messaoudi Meunier Michaud Monnier Morel Morin Moulin Nguema Nguyen Nicolet ' +
  'Oudin Ouedraogo Parisot Pasquier Pelletier Péreira Perrin Petitjean Picard Poirier Pommier Poncet Prost ' +
  'Rachedi Rebière Renaudin Ribeiro Rigaud Rocher Rousselet Sahin Saunier Savary Sène Simonin Soares ' +
  'Tavernier Tessier Thévenot Touré Traoré Tran Vasseur Verdier Viennet Vuillemin Yilmaz Zerrouki'
).split(' ')
