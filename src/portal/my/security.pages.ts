import { endOtherSessions, listOwnSessions, type OwnSession } from '../../identity/own-sessions.ts';
import { listOwnPasskeys } from '../../identity/own-passkeys.ts';
import { defineForm } from '../kit/define-form.ts';
import { definePage, type PageView, type ViewFrame } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { passkeysView, type PasskeysView } from './passkeys.view.rules.ts';
import { nameBrowser } from '../../shared/browser-name.rules.ts';

interface SecurityView extends PageView {
  readonly passkeys: PasskeysView;
  readonly sessions: readonly { title: string; notes: readonly string[]; badge?: object }[];
  readonly hasOthers: boolean;
}

/** Password, passkeys and places where the person is signed in. */
export const securityPage = definePage({
  name: 'my.security',
  path: '/my/security',
  permission: 'own-sessions:read',
  nav: { label: 'my.nav.security', order: 90 },
  load: async (deps, { actor, visit }) => ({
    passkeys: await listOwnPasskeys(deps, actor),
    sessions: await listOwnSessions(deps, actor, { key: visit.sessionKey }),
  }),
  view: ({ passkeys, sessions }, { t, format, can }): SecurityView => ({
    title: t('my.security.title'),
    passkeys: passkeysView(passkeys, { t, format, can }),
    sessions: sessions.map((session) => ({
      title: nameBrowser(session.userAgent) ?? t('my.security.unknown-browser'),
      notes: describeSession(session, { t, format }),
      ...(session.isThis && { badge: { tone: 'good', text: t('my.security.this') } }),
    })),
    hasOthers: sessions.some(({ isThis }) => !isThis),
  }),
  template: template<SecurityView>('my/security'),
});

function describeSession(
  { createdAt, lastSeenAt, address }: OwnSession,
  { t, format }: Pick<ViewFrame, 't' | 'format'>,
): string[] {
  return [
    t('my.security.since', { at: format.dateTime(createdAt) }),
    t('my.security.seen', { at: format.dateTime(lastSeenAt), address: address ?? '' }),
  ];
}

export const endOthersForm = defineForm({
  name: 'my.end-other-sessions',
  path: '/my/security/end-others',
  permission: 'own-sessions:end',
  fields: {},
  submit: (deps, { actor, visit }) => endOtherSessions(deps, actor, { key: visit.sessionKey }),
  done: (count) => ({ to: '/my/security', flash: 'my.security.ended', facts: { count } }),
  page: securityPage,
});
