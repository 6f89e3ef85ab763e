/** Templates that no test executes, by how they begin, each with its reason. They are not described. */
export const unexecuted: { file: string; text: string; reason: string }[] = [
  {
    file: 'desk/search/staff-index.ts',
    text: 'exists ( select from staff_search where',
    reason: 'For words in 2000 tickets and more; the bench has as many.',
  },
];
