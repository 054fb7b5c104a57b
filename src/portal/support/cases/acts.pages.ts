import { listOpenCasesOfLine } from '../../../cases/case-queue.queries.ts';
import { listColleagues } from '../../../cases/colleague.queries.ts';
import { getDeskCase } from '../../../cases/desk-case.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { closeView, companyView, noteView, placeView, reopenView } from './acts.view.rules.ts';
import { giveView, mergeView } from './hand-on.view.rules.ts';

const sections = template<SectionsView>('kit/sections');

/** Writes to the reporter, asks them, or keeps a note of our own. */
export const notePage = definePage({
  name: 'support.case-note',
  path: '/support/cases/:number/note',
  permission: 'cases:take',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: noteView,
  template: sections,
});

export const closePage = definePage({
  name: 'support.case-close',
  path: '/support/cases/:number/close',
  permission: 'cases:take',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: closeView,
  template: sections,
});

export const reopenPage = definePage({
  name: 'support.case-reopen',
  path: '/support/cases/:number/reopen',
  permission: 'cases:take',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: reopenView,
  template: sections,
});

/** Says whose line a mail is about. */
export const placePage = definePage({
  name: 'support.case-line',
  path: '/support/cases/:number/line',
  permission: 'cases:take',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: placeView,
  template: sections,
});

/** Asks the company of the purchase, or reminds it. */
export const companyPage = definePage({
  name: 'support.case-company',
  path: '/support/cases/:number/company',
  permission: 'cases:take',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: companyView,
  template: sections,
});

export const givePage = definePage({
  name: 'support.case-give',
  path: '/support/cases/:number/give',
  permission: 'cases:take',
  load: async (deps, { actor, params }) => ({
    found: await getDeskCase(deps, actor, params['number'] ?? ''),
    colleagues: await listColleagues(deps, actor),
  }),
  view: giveView,
  template: sections,
});

export const mergePage = definePage({
  name: 'support.case-merge',
  path: '/support/cases/:number/merge',
  permission: 'cases:take',
  load: async (deps, { actor, params }) => {
    const found = await getDeskCase(deps, actor, params['number'] ?? '');
    const { lineId, holderFrom } = found;
    const cases =
      lineId === null || holderFrom === null
        ? []
        : await listOpenCasesOfLine(deps, actor, { lineId, holderFrom });
    return { found, others: cases.filter(({ number }) => number !== found.number) };
  },
  view: mergeView,
  template: sections,
});
