import type { HeadView, LinkView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { lineHref } from '../support-links.rules.ts';

/** What can be done for a line by who looks at it. */
export function lineActions(lineId: string, { t, can }: ViewFrame): NonNullable<HeadView['actions']> {
  const href = lineHref(lineId);
  const links = [
    can('lines:check') && { href: `${href}/check`, label: t('support.check.title') },
    can('subscribers:write') && { href: `${href}/ids/new`, label: t('support.id.issue') },
  ];
  return links.filter((link) => link !== false);
}

/** Where limits, blocks and lists are set, by who may. */
export function settingLinks(lineId: string, { t, can }: ViewFrame): LinkView[] {
  const href = lineHref(lineId);
  const links = [
    can('limits:restrict') && { href: `${href}/limits`, label: t('support.guards.limits') },
    can('limits:restrict') && { href: `${href}/blocks`, label: t('support.guards.blocks') },
    can('limits:restrict') && { href: `${href}/listed`, label: t('support.guards.listed') },
    can('lines:limit') && { href: `${href}/support-limit`, label: t('support.guards.support-limit') },
  ];
  return links.filter((link) => link !== false);
}
