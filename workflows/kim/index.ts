import type { MachineDefinition, Programme } from '#kernel';
import { applicationClocks, instalmentClocks } from './calendar.ts';
import { assess } from './checks.ts';
import { begin, type Application, type Instalment } from './context.ts';
import { amountsOf, cycleOf, cycleSchema, defaultCycle } from './cycle.ts';
import { applicationEvents, instalmentEvents } from './events.ts';
import { childFigures, figures, receipt, sheet } from './figures.ts';
import { formOf, formSchema } from './form.ts';
import { applicationRequirements, openingRequirements } from './guards.ts';
import { instalmentRequirements } from './instalment.guards.ts';
import { instalment } from './instalment.ts';
import { applicationStates, instalmentStates } from './labels.ts';
import { applicationLetters, instalmentLetters } from './letters/index.ts';
import { application } from './machine.ts';
import { match, matchSchema } from './match.ts';
import { applicationPostings, instalmentPostings } from './postings.ts';
import { applicationSenders, instalmentSenders, opener } from './senders.ts';
import { applicationTakes, instalmentTakes, openInstalments } from './takes.ts';

const applicationMachine: MachineDefinition<Application> = {
  lifecycle: application,
  events: applicationEvents,
  senders: applicationSenders,
  requirements: applicationRequirements,
  takes: applicationTakes,
  postings: applicationPostings,
  letters: applicationLetters,
  children: openInstalments,
  clocks: applicationClocks,
  stateLabels: applicationStates,
};

const instalmentMachine: MachineDefinition<Instalment> = {
  lifecycle: instalment,
  events: instalmentEvents,
  senders: instalmentSenders,
  requirements: instalmentRequirements,
  takes: instalmentTakes,
  postings: instalmentPostings,
  letters: instalmentLetters,
  clocks: instalmentClocks,
  stateLabels: instalmentStates,
};

/** Municipal Integration Management in North Rhine-Westphalia: from the draft to the second instalment. */
export const kim: Programme = {
  id: 'kim',
  version: 1,
  title: { de: 'Kommunales Integrationsmanagement (KIM)', en: 'Municipal Integration Management (KIM)' },
  root: 'application',
  child: 'instalment',
  machines: { application: applicationMachine, instalment: instalmentMachine },
  links: {
    up: { confirmSettled: 'instalmentSettled', skip: 'instalmentSettled', reportReturn: 'instalmentReturned' },
    down: { stop: 'cancel' },
  },
  cycle: { schema: cycleSchema, default: defaultCycle, sheet },
  form: {
    schema: formSchema,
    assess: (form, cycle, applicant, hasConcept) => assess(formOf(form), amountsOf(cycleOf(cycle)), applicant, hasConcept),
  },
  match: { schema: matchSchema, run: match },
  begin,
  receipt,
  opening: { sender: opener, requirements: openingRequirements },
  figures,
  childFigures,
};
