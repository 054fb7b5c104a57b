import type { MonthSoFar } from '../../purchases/month-so-far.queries.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** What can still be bought, as a bar with its words. */
export interface RoomView {
  readonly title: string;
  readonly text: string;
  /** Undefined while nothing can be bought. */
  readonly bar:
    | { readonly label: string; readonly max: number; readonly value: number; readonly text: string }
    | undefined;
}

/** The limit in force, what is left of it and until when. */
export function roomView({ room, period }: MonthSoFar, { t, format }: ViewFrame): RoomView {
  if (!room) return { title: t('my.room.title'), text: t('my.room.none'), bar: undefined };
  const { limit, leftMinor } = room;
  const limitMinor = limit.limitMinor;
  const usedMinor = limitMinor - leftMinor;
  return {
    title: t('my.room.title'),
    text: t(`my.room.source.${limit.source}`),
    bar: {
      label: t('my.room.left', { left: format.money(leftMinor) }),
      // A limit of 0 leaves no room; a bar needs a length.
      max: Number(limitMinor) || 1,
      value: limitMinor === 0n ? 1 : Number(usedMinor),
      text: t('my.room.of', {
        used: format.money(usedMinor),
        limit: format.money(limitMinor),
        until: format.date(period.closesOn),
      }),
    },
  };
}
