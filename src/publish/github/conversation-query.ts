/** What is asked of GraphQL for a conversation, and the form of its answer. https://docs.github.com/en/graphql/reference/objects#pullrequest */

export const conversationQuery = `query Conversation($owner: String!, $repo: String!, $number: Int!, $threads: String, $comments: String, $wantThreads: Boolean!, $wantComments: Boolean!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid
      reviewThreads(first: 100, after: $threads) @include(if: $wantThreads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          path
          isResolved
          opening: comments(first: 1) { nodes { ...Comment } }
          latest: comments(last: 50) { nodes { ...Comment } }
        }
      }
      comments(first: 100, after: $comments) @include(if: $wantComments) {
        pageInfo { hasNextPage endCursor }
        nodes { databaseId body viewerDidAuthor }
      }
    }
  }
}
fragment Comment on PullRequestReviewComment { databaseId body viewerDidAuthor author { login } }`

export interface CommentNode {
  readonly databaseId: number | null
  readonly body: string
  readonly viewerDidAuthor: boolean
  readonly author?: { readonly login: string } | null
}

interface PageInfo {
  readonly hasNextPage: boolean
  readonly endCursor: string | null
}

export interface ThreadNode {
  readonly id: string
  readonly path: string
  readonly isResolved: boolean
  readonly opening: { readonly nodes: readonly (CommentNode | null)[] }
  readonly latest: { readonly nodes: readonly (CommentNode | null)[] }
}

export interface ConversationAnswer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string
      readonly reviewThreads?: { readonly pageInfo: PageInfo; readonly nodes: readonly (ThreadNode | null)[] }
      readonly comments?: { readonly pageInfo: PageInfo; readonly nodes: readonly (CommentNode | null)[] }
    } | null
  } | null
}
