import type { Role, Text } from './words.ts';

/** The functions people hold, as texts name them. */
export const ROLE_NAMES: Record<Role, Text> = {
  applicantEditor: { de: 'Antragsbearbeitung der Kommune', en: 'editor of the applicant' },
  applicantSignatory: { de: 'Zeichnungsberechtigte Person der Kommune', en: 'signatory of the applicant' },
  caseOfficer: { de: 'Sachbearbeitung', en: 'case officer' },
  secondApprover: { de: 'Zweitzeichnung', en: 'second approver' },
  financeCertifier: { de: 'Feststellung (Haushalt)', en: 'finance certifier' },
  financeAuthoriser: { de: 'Anordnung (Haushalt)', en: 'finance authoriser' },
  auditor: { de: 'Prüfung', en: 'auditor' },
  administrator: { de: 'Administration', en: 'administrator' },
  system: { de: 'System', en: 'system' },
};

/** The first event of every case. */
export const OPENING: Text = { de: 'Anlegen', en: 'Opening' };

/** A list of functions in words. */
export const roleNames = (roles: readonly Role[]): Text => ({
  de: roles.map((role) => ROLE_NAMES[role].de).join(' oder '),
  en: roles.map((role) => ROLE_NAMES[role].en).join(' or '),
});

/** Nobody can be asked for what the system does alone. */
const SYSTEM_ONLY: { readonly text: Text; readonly remedy: Text } = {
  text: { de: 'Diesen Schritt nimmt nur das System vor.', en: 'Only the system takes this step.' },
  remedy: { de: 'Er geschieht von selbst, wenn seine Voraussetzungen vorliegen.', en: 'It happens by itself once its requirements hold.' },
};

export const wrongRole = (roles: readonly Role[]): { text: Text; remedy: Text } => (roles.every((role) => role === 'system') ? SYSTEM_ONLY : {
  text: {
    de: `Dieser Schritt ist folgender Funktion vorbehalten: ${roleNames(roles).de}.`,
    en: `This step is reserved for: ${roleNames(roles).en}.`,
  },
  remedy: {
    de: `Bitten Sie: ${roleNames(roles).de}.`,
    en: `Ask: ${roleNames(roles).en}.`,
  },
});

export const differentPerson = (steps: readonly Text[]): { text: Text; remedy: Text } => ({
  text: {
    de: `Vier-Augen-Prinzip: Sie haben in diesem Vorgang bereits gehandelt (${steps.map(({ de }) => de).join(', ')}).`,
    en: `Four-eyes principle: you have already acted on this case (${steps.map(({ en }) => en).join(', ')}).`,
  },
  remedy: {
    de: 'Eine andere Person mit dieser Funktion muss handeln.',
    en: 'Another person who holds this function must act.',
  },
});

/** `possible` is what a person can do there; nothing means that only the system takes the case on, or nobody where it has ended. */
export const notPossibleHere = (state: Text, possible: readonly Text[], ended: boolean): { text: Text; remedy: Text } => ({
  text: {
    de: `Im Stand „${state.de}“ ist dieser Schritt nicht möglich.`,
    en: `This step is not possible in the state “${state.en}”.`,
  },
  remedy: whatIsPossible(possible, ended),
});

/** A step that no case of this kind takes, in any state; `possible` is what people can do with this one now, by name. */
export const unknownEvent = (event: string, possible: readonly { readonly event: string; readonly label: Text }[], ended: boolean): { text: Text; remedy: Text } => ({
  text: {
    de: `Einen Schritt „${event}“ nimmt dieser Vorgang nicht an.`,
    en: `This case takes no step called “${event}”.`,
  },
  remedy: whatIsPossible(possible.map(({ event: name, label: { de, en } }) => ({ de: `${name} (${de})`, en: `${name} (${en})` })), ended),
});

function whatIsPossible(possible: readonly Text[], ended: boolean): Text {
  if (possible.length > 0) return { de: `Möglich ist hier: ${possible.map(({ de }) => de).join(', ')}.`, en: `Possible here: ${possible.map(({ en }) => en).join(', ')}.` };
  return ended
    ? { de: 'Der Vorgang ist beendet.', en: 'The case has ended.' }
    : { de: 'Hier kann niemand etwas tun: Das System führt den Vorgang weiter.', en: 'There is nothing for people to do here: the system takes the case on.' };
}
