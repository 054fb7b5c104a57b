import { undoScheduled } from '../../../safeguards/undo-scheduled.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { reasonFields } from '../acts/reason.rules.ts';
import { lineHref } from '../support-links.rules.ts';
import { getTenureToSet, loadGuards } from './load-guards.ts';
import { undoView } from './undo.view.rules.ts';

/** The number of a setting in an address. @throws Problem `safeguard-not-found` */
function readVersion(text: string | undefined): number {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Problem('safeguard-not-found');
}

/** Asks before a setting that has not begun is taken back. */
export const undoPage = definePage({
  name: 'support.undo-guard',
  path: '/support/lines/:line/settings/:version/undo',
  permission: 'limits:restrict',
  under: '/support',
  load: async (deps, asked) => {
    const loaded = await loadGuards(deps, asked);
    const version = readVersion(asked.params['version']);
    const row = loaded.guards.scheduled.find((one) => one.version === version);
    if (!row) throw new Problem('safeguard-not-found');
    return { ...loaded, row };
  },
  view: undoView,
  template: template<SectionsView>('kit/sections'),
});

export const undoForm = defineForm({
  name: 'support.undo-guard-form',
  path: '/support/lines/:line/settings/:version/undo',
  permission: 'limits:restrict',
  fields: reasonFields,
  submit: async (deps, { actor, params, input: reason }) => {
    const { tenure } = await getTenureToSet(deps, { actor, params });
    await undoScheduled(deps, actor, { version: readVersion(params['version']), tenure, reason });
    return tenure;
  },
  done: ({ lineId }) => ({ to: lineHref(lineId), flash: 'support.guards.undone' }),
  page: undoPage,
});
