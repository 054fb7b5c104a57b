import type { Area } from '../../kit/console-area.ts';
import { keysPage, newKeyForm, newKeyPage, revokeKeyForm, revokeKeyPage } from './keys.pages.ts';

/** What the company's programs sign in with. */
export const developersArea: Area = {
  pages: [keysPage, newKeyPage, revokeKeyPage],
  forms: [newKeyForm, revokeKeyForm],
};
