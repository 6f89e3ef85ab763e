/** All followers of the feed inside the product. Another one is one more line here. */
import { indexForStaff } from '#desk/search/staff-index.ts';
import { followSla } from '#desk/sla/follow.ts';
import { assignByTopic } from '#desk/topics/assign.ts';
import type { FeedFollower } from '#platform/events/feed-follower.ts';

export const followers: FeedFollower[] = [indexForStaff, followSla, assignByTopic];
