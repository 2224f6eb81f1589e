"""What Newsroom's page is compared with: each of at most 40 lines, sending the very bytes that Newsroom sends."""
