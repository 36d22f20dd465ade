import { all, type Transition } from '#kernel';
import { earlier, type Added } from './earlier.ts';
import { application2, instalment2 } from './version2.ts';

/** What version 2 added. A case that began before lives without it; the recorded journals and the pinned hash prove it. */
const added: Added = {
  events: [
    'remindDraft', 'datesMoved', 'proposeExtension', 'confirmExtension', 'declineExtension', 'remindOffice', 'escalate', 'remindCompletion',
    'hear', 'remindHearing', 'answerHearing', 'hearingPassed', 'reportUndelivered', 'recordArrival', 'retrievalPassed', 'remindFinance',
  ],
  states: ['hearing'],
  ids: ['noticeDrafted'],
  before: { recommend: (taken) => ({ ...(taken as Transition), guard: all('allLinesDecided', 'withinCap') }) },
};

/** The lifecycles of version 1. To be dropped with its entry in recorded/definition.json when no case lives under it. */
export const application1 = earlier(application2, added);
export const instalment1 = earlier(instalment2, added);
