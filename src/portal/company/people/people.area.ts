import type { Area } from '../../kit/console-area.ts';
import { inviteForm, movePersonForm, rolesForm } from './people.forms.ts';
import { invitePage, movePersonPage, peoplePage, personPage, rolesPage } from './people.pages.ts';
import { contractPdf, profilePage } from './profile.pages.ts';

/** The people of the company, and what the carrier has on file of it. */
export const peopleArea: Area = {
  pages: [peoplePage, invitePage, personPage, rolesPage, movePersonPage, profilePage],
  downloads: [contractPdf],
  forms: [inviteForm, rolesForm, movePersonForm],
};
