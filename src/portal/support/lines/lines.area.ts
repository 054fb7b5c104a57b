import type { Area } from '../../kit/console-area.ts';
import { linePage } from './line.pages.ts';
import { partPages } from './part.pages.ts';
import { revealForm } from './reveal.forms.ts';
import { revealPage } from './reveal.pages.ts';

/** One line: who holds it, what they bought, what was done for them. */
export const linesArea: Area = { pages: [linePage, ...partPages, revealPage], forms: [revealForm] };
