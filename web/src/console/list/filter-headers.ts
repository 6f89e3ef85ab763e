/** The headers of lists whose filters can be changed: one chunk. */
export { EditViewHeader } from './EditViewHeader.tsx';
export { SearchHeader } from './SearchHeader.tsx';
