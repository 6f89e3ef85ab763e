/** All that follows the feed on behalf of the product. The next one is one line here. */
import { indexForStaff } from '../search/staff-words.ts';
import { followPromises } from '../sla/watch.ts';
import { assignByTopic } from '../topics/assign.ts';
import type { FeedFollower } from './feed-follower.ts';

export const followers: FeedFollower[] = [indexForStaff, followPromises, assignByTopic];
