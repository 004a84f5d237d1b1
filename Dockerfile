# The `calibrate` command with everything it needs, for every role of a cluster: worker, coordinator, status.
# Build:  docker build -t calibrate .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY src ./src
RUN dotnet publish src/Calibrate.Cli -c Release -o /calibrate

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /calibrate /opt/calibrate
RUN ln -s /opt/calibrate/calibrate /usr/local/bin/calibrate \
    && mkdir /work && chown "$APP_UID" /work
# Model code runs in here: never as root.
USER $APP_UID
WORKDIR /work
ENTRYPOINT ["calibrate"]
CMD ["--help"]
