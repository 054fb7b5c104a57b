import type { ViewFrame } from '../kit/define-page.ts';
import type { FormPageView } from './form.types.ts';

const STALE = new Set<unknown>(['changed-since', 'key-issued']);

/**
 * Where a form was refused because its page is older than what it changes, the way to the page as it is now: what the page has seen
 * goes back with the form, so that pressing again is refused again.
 */
export function staleBanners(
  { form, t }: Pick<ViewFrame, 'form' | 't'>,
  href: string,
): FormPageView['banners'] {
  if (!STALE.has(form?.problem?.facts['reason'])) return [];
  const link = { href, label: t('company.form.read-again') };
  return [{ tone: 'warn', text: t('company.form.stale'), link }];
}
