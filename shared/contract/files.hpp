#pragma once

#include "shared/contract/envelope.hpp"

/// Files on their way between the gateway and the service that keeps them, in pieces: what is too much for one message.
/// After each message's JSON comes a line break, and then the piece's bytes as they are.
namespace witan {

/// In one message, and in memory, at most.
inline constexpr std::size_t k_file_message_bytes_max = 512 * 1024;

/// `files.<service>.put`, gateway → service: the next bytes of an upload that the actor began. Without bytes: the question how
/// far it is.
struct FilePut {
  std::string upload;
  std::int64_t offset = 0;
  Actor actor;
  std::string trace;
};
BOOST_DESCRIBE_STRUCT(FilePut, (), (upload, offset, actor, trace))

/// What is on disk, whether or not this piece was the next one: send on from there.
struct FilePutReply {
  std::int64_t received = 0;
};
BOOST_DESCRIBE_STRUCT(FilePutReply, (), (received))

/// `files.<service>.get`, gateway → service: what a file has from `offset` on. Who may is asked for each piece.
struct FileGet {
  std::string of;            ///< What the file belongs to: a paper's id; with `/text` after it, what can be read of the paper as text.
  std::int64_t number = 1;   ///< Which of its files: the version.
  std::int64_t offset = 0;
  Actor actor;
  std::string trace;
};
BOOST_DESCRIBE_STRUCT(FileGet, (), (of, number, offset, actor, trace))

struct FileGetReply {
  std::int64_t size = 0;     ///< Of the whole file.
};
BOOST_DESCRIBE_STRUCT(FileGetReply, (), (size))

/// A message with bytes after it.
std::string with_bytes(std::string message, std::string_view bytes);
struct MessageWithBytes {
  std::string_view message;
  std::string_view bytes;
};
MessageWithBytes split_bytes(std::string_view text);

}  // namespace witan
