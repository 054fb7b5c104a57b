import type { Actor } from '../../../access/actor.ts';
import { getIssuedIdRecord } from '../../../identity/issued-id-record.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { definePage, type PageRequest } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { endView, holdView, mailCodeView, unlockView } from './id-acts.view.rules.ts';
import { idView } from './id.view.rules.ts';

/** The issued ID that an address names. @throws Problem `subscriber-not-found` */
export const loadId = (
  deps: ServiceDeps,
  { actor, params }: Pick<PageRequest<unknown, Actor>, 'actor' | 'params'>,
) => getIssuedIdRecord(deps, actor, params['id'] ?? '');

const shared = { under: '/support', load: loadId, template: template<SectionsView>('kit/sections') };

/** One issued ID: whose it is, how its person signs in, and what can be done. */
export const idPage = definePage({
  ...shared,
  name: 'support.id',
  path: '/support/ids/:id',
  permission: 'subscribers:read',
  view: idView,
});

export const holdPage = definePage({
  ...shared,
  name: 'support.hold-id',
  path: '/support/ids/:id/hold',
  permission: 'subscribers:write',
  view: holdView,
});

export const unlockPage = definePage({
  ...shared,
  name: 'support.unlock-id',
  path: '/support/ids/:id/unlock',
  permission: 'subscribers:write',
  view: unlockView,
});

export const mailCodePage = definePage({
  ...shared,
  name: 'support.mail-code',
  path: '/support/ids/:id/mail-code',
  permission: 'subscribers:write',
  view: mailCodeView,
});

export const endPage = definePage({
  ...shared,
  name: 'support.end-id',
  path: '/support/ids/:id/end',
  permission: 'subscribers:write',
  view: endView,
});
