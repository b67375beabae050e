# A worker of Archmage, and its command line. Built and started by docker-compose.yml.

FROM maven:3.9.11-eclipse-temurin-21 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml pom.xml
COPY workflows workflows
COPY activities activities
COPY starter starter
RUN mvn -B -q -Dquick -Dmaven.test.skip=true -pl starter -am package

FROM eclipse-temurin:21.0.10_7-jre-noble
# setsid and unshare, by which familiars are supervised, come with the base image.
RUN apt-get update \
  && apt-get install -y --no-install-recommends git procps \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home --uid 10001 archmage \
  && install -d -o archmage -g archmage -m 0700 /srv/repositories /var/lib/archmage
# As the launcher has it: .build/current names the newest build, and nothing is built here.
COPY archmage LICENSE /opt/archmage/
COPY --from=build /build/starter/target/archmage/lib /opt/archmage/.build/1/lib
RUN mkdir /opt/archmage/.build/1/users \
  && touch /opt/archmage/.build/1/stamp \
  && echo 1 >/opt/archmage/.build/current \
  && ln -s /opt/archmage/archmage /usr/local/bin/archmage \
  && archmage --version
USER archmage
ENV ARCHMAGE_STATE=/var/lib/archmage LANG=C.UTF-8
WORKDIR /home/archmage
ENTRYPOINT ["archmage"]
CMD ["--help"]
