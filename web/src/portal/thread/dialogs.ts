/** The dialogs of a ticket, in a chunk of their own: most visits need none. */
export { CloseDialog } from './CloseDialog.tsx';
export { PeopleDialog } from './PeopleDialog.tsx';
export { RedactDialog } from './RedactDialog.tsx';
